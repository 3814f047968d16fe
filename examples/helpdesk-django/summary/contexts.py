"""What a page can show of the work."""

from mizan import ReactContext

SummaryContext = ReactContext("summary", doc="How much there is to do.")
