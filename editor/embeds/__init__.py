"""Looking up posts and stories: by open interfaces, through checked addresses, and only when somebody asked.

Data only: words, names and times come back. No network's HTML or script is kept, shown or published.
"""
