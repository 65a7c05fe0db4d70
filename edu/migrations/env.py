"""How Alembic meets our databases: one real transaction for all steps, on SQLite too."""

from alembic import context

from edu.models import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    # Without this a kill in the middle leaves half a table behind on SQLite; with it, and
    # with the BEGIN IMMEDIATE of our engine, the schema is the old one or the new one.
    transactional_ddl=True,
    render_as_batch=connection.dialect.name == "sqlite",
)
with context.begin_transaction():
    context.run_migrations()
