"""``python -m nqp_biblio``."""

from nqp_biblio.cli import main

if __name__ == "__main__":
    main()
