# Quand quelqu'un répond, et quand c'est ouvert. `day` : 0 = lundi.
promise-weekday = { $day ->
    [0] lundi
    [1] mardi
    [2] mercredi
    [3] jeudi
    [4] vendredi
    [5] samedi
   *[6] dimanche
}
promise-today = aujourd'hui
promise-tomorrow = demain
promise-soon = dès que possible
promise-day = le { $first } { $hours }
promise-days = du { $first } au { $last } { $hours }
promise-and = { " et " }
promise-span = de { $start } à { $end }
promise-hour = { $hour } h
promise-half-hour = { $hour } h { $minute }
