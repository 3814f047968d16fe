"""What both Python backends of the Helpdesk share: the types that clients see, and how they are served."""
