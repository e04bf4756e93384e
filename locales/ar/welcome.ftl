welcome-hello = مرحبا! هنا { $agency }. أنا روبوت، والخدمة مجانية. { $adviser } يقرأ رسائلنا ويجيبك { $answer_by }. حقوقك: { $link }
