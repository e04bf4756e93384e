# Awaits review by a native speaker.
# متى يجيب شخص، ومتى يكون المكان مفتوحا. 0 = الاثنين
promise-weekday = { $day ->
    [0] يوم الاثنين
    [1] يوم الثلاثاء
    [2] يوم الأربعاء
    [3] يوم الخميس
    [4] يوم الجمعة
    [5] يوم السبت
   *[6] يوم الأحد
}
promise-today = اليوم
promise-tomorrow = غدا
promise-soon = في أقرب وقت ممكن
promise-day = { $first } { $hours }
promise-days = من { $first } إلى { $last }، { $hours }
promise-and = { " و" }
promise-span = من { $start } إلى { $end }
promise-hour = { $hour }:00
promise-half-hour = { $hour }:{ $minute }
