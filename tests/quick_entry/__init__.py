"""What a line of Swedish means: the written examples, and every recurrence text of the sample programme."""
