"""How the site is assembled: settings, addresses, the WSGI application."""
