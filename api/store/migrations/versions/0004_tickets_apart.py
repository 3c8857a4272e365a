"""An index of the tickets among the exchanges."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The newest tickets are found without a look at the questions, of which there are many more."""
    a_ticket = sa.text("kind = 'assist'")
    op.create_index(
        "ix_exchanges_tickets",
        "exchanges",
        ["kind", "at", "trace_id"],
        sqlite_where=a_ticket,
        postgresql_where=a_ticket,
    )
