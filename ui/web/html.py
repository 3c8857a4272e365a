"""HTML of our own inside a Gradio page: styled by the site's stylesheet, not by Gradio's."""

from functools import partial

import gradio as gr

Html = partial(gr.HTML, apply_default_css=False)
"""gr.HTML without Gradio's own styles for headings, lists, tables and buttons."""
