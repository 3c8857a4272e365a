"""Candidates that a language model drafted."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """They came of no exchange and no decision: there is neither trace nor verdict."""
    with op.batch_alter_table("candidates") as table:
        table.alter_column("trace_id", existing_type=sa.String(64), nullable=True)
        table.alter_column("verdict", existing_type=sa.String(24), nullable=True)
