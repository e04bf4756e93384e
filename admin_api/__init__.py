"""The advisers' side: the JSON API and the console, over the same deeds as the bot."""
