"""What is counted so that guessing is slow."""

from sqlalchemy.orm import Mapped, mapped_column

from edu.database import Base
from edu.tables import described


class AttemptCount(Base):
    """How often something was tried within a time. Nobody's address or name is in it."""

    __table_args__ = described(
        about="How often codes and passwords were tried, so that guessing is slow.",
        kept="an hour at most, and then until the day's work",
        seen_by="nobody",
        stolen="nothing about people: addresses and names are keyed digests",
    )

    key: Mapped[str] = mapped_column(
        primary_key=True, doc="keyed digest of what is counted: a kind of try and who tries"
    )
    amount: Mapped[int] = mapped_column(doc="how often")
    ends_at: Mapped[int] = mapped_column(doc="when counting begins anew, in seconds")
