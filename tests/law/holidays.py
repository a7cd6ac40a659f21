"""What the package `holidays` knows about public holidays of a country.

Usage: holidays.py COUNTRY FROM UNTIL [FROM UNTIL ...]; days as 2025-11-17, both included.
Prints a line for each day: the day, a comma, its name.
"""

import datetime
import sys

# A script's folder comes first on the path, and there this script has the package's name.
sys.path.pop(0)
import holidays  # noqa: E402


def main(country, *days):
    days = [datetime.date.fromisoformat(day) for day in days]
    for first, last in zip(days[::2], days[1::2], strict=True):
        years = range(first.year, last.year + 1)
        known = holidays.country_holidays(country, years=years, language="en_US")
        for day in sorted(known):
            if first <= day <= last:
                print(f"{day},{known[day]}")


main(*sys.argv[1:])
