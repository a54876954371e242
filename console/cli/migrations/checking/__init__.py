"""The verbs that compare what should be with what is: `verify`, `audit`, `lint`, `report`."""
