# Awaits review by a native speaker.

home-wish = «{ $words }»: تمت الإضافة. يصل ذلك إلى { $adviser }.
home-availability = تم التسجيل. تصل أوقاتك المناسبة إلى { $adviser }.
home-passed-on = تصل رسالتك إلى { $adviser }، ويصلك الجواب { $answer_by }.
home-here = أنا هنا. يمكن كتابة أي شيء، وتصل الرسائل أيضا إلى { $adviser }.
