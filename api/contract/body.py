"""What the bodies of all requests have in common."""

from pydantic import BaseModel, ConfigDict


class RequestBody(BaseModel):
    """Unknown fields are rejected: a misspelt field must not be silently ignored."""

    model_config = ConfigDict(extra="forbid")
