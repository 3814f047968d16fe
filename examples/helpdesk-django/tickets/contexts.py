"""What a page can show of tickets."""

from mizan import ReactContext

TicketsContext = ReactContext("tickets", doc="The list of tickets, the last changed first.")
TicketContext = ReactContext("ticket", doc="Everything about one ticket.")
