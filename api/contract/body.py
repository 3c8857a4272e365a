"""What the bodies of all requests have in common."""

from pydantic import BaseModel, ConfigDict

_LONGEST = 1024 * 1024
"""No body is longer. With any limit pydantic looks at a text as text and refuses half a surrogate, which is none."""


class RequestBody(BaseModel):
    """Unknown fields are rejected: a misspelt field must not be silently ignored."""

    model_config = ConfigDict(extra="forbid", str_max_length=_LONGEST)
