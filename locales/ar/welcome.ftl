welcome-hello = مرحبا! أنا روبوت { $agency }. الخدمة مجانية. { $adviser } يقرأ رسائلنا ويجيبك { $answer_by }. حقوقك: { $link }
