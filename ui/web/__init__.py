"""The web page, in Gradio. It knows the API only by its HTTP contract."""

import os

# Before gradio is imported anywhere: nothing leaves the machine.
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
