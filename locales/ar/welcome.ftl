# Awaits review by a native speaker.

welcome-hello = مرحبا! هنا { $agency }. أنا روبوت، والخدمة مجانية. رسائلنا تصل إلى { $adviser }، ويصلك الجواب { $answer_by }. حقوقك: { $link }
