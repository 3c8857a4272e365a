"""Is what the notice lacks said to be lacking, and nothing else?"""
