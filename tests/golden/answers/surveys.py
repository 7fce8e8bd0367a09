"""placeholder"""

from tests.golden.answers.shares import two_shares as survey
