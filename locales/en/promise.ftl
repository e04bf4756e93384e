# When somebody answers, and when the place is open. `day`: 0 = Monday.
promise-weekday = { $day ->
    [0] on Monday
    [1] on Tuesday
    [2] on Wednesday
    [3] on Thursday
    [4] on Friday
    [5] on Saturday
   *[6] on Sunday
}
promise-today = today
promise-tomorrow = tomorrow
promise-soon = as soon as possible
promise-day = { $first } { $hours }
promise-days = { $first } to { $last } { $hours }
promise-and = { " and " }
promise-span = from { $start } to { $end }
promise-hour = { $hour }:00
promise-half-hour = { $hour }:{ $minute }
