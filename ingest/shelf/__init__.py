"""The notices of the corpus as folders: read, proposed, corrected, put there, replaced and taken away whole."""
