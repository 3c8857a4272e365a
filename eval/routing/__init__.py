"""Is the person sent to the right department?"""
