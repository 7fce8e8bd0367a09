"""Erasing one person: a new file is written without them and takes the place of the old one."""

from data.erasing.erase import Erased, NoSuchPerson, allow_again, erase
from data.erasing.going import HeldBy

__all__ = ["Erased", "HeldBy", "NoSuchPerson", "allow_again", "erase"]
