"""Is a hotline ticket taken apart, treated, and rid of personal data as it should be?"""
