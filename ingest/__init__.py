"""Ground floor: a government notice becomes a checked catalogue and a searchable index."""

import os

# ONNX Runtime 1.29 and later reports to its maker unless told otherwise before it is loaded.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
