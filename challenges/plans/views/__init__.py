"""The pages of plans. All of what a page of one plan shows is worked out from the plan's card, which the
stream gives to who follows it: what one reads and what one follows are the same."""
