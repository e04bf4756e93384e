# Awaits review by a native speaker.

common-language-fr = Français
common-language-en = English
common-language-ar = العربية

common-button-human = التحدث مع شخص
common-button-skip = تخطي
common-button-yes = نعم
common-button-no = لا
common-button-meet = موعد أو مكالمة

common-human = تم الطلب. يصلك هنا جواب من { $adviser } { $answer_by }.
common-help =
    الجواب بكلماتك، أو بالضغط على زر. يمكن أيضا كتابة:
    رجوع، تخطي، لاحقا، من جديد، لغة، رمز
    بياناتي، امسح، توقف
    شخص: للتحدث مع إنسان
common-who = أنا روبوت. هنا { $agency }. تصل رسائلنا إلى { $adviser }، ويصلك الجواب { $answer_by }.
common-later = لا مشكلة، على مهلك. نكمل من هنا في أي وقت.
common-no-back = نحن في البداية. يمكن تغيير كل شيء في النهاية.
common-no-skip = لا يوجد شيء لتخطيه هنا.
common-restart = نبدأ من جديد. يمكن تغيير كل شيء في النهاية.
common-code = رمزك: { $code }. مكان كتابته: { $link }. يعمل مرة واحدة، خلال 15 دقيقة.
common-ask-language = أي لغة تناسبك أكثر؟
common-ask-language-example = يكفي الضغط على لغة.
common-ask-language-simple = يكفي الضغط على لغة.
common-language-changed = حسنا، نتحدث بالعربية.

common-voice = أنا روبوت، ولا أستطيع سماع الرسالة الصوتية. تصل إلى { $adviser }، ويصلك الجواب { $answer_by }. عند الخطر: الاتصال بالرقم 112، أو رسالة SMS إلى 114.
common-file = وصل الملف. يمكن أن يفتحه { $adviser }.
common-edited = رأيت التصحيح. هو محفوظ مع رسالتك.
common-place = شكرا على المكان. سيراه شخص من الفريق.
common-contact = شكرا على جهة الاتصال. سيراها شخص من الفريق.
common-sticker = لطيف! أفهم الكلمات أفضل.
common-unsupported = لا أستطيع قراءة هذا. الكتابة بالكلمات أفضل.

common-nudge = مرحبا! نكمل في أي وقت. لا داعي للعجلة.
common-nudge-again = لا رسائل أخرى مني بعد هذه. مكانك محفوظ هنا.
common-welcome-back = أهلا بعودتك! نكمل من حيث توقفنا.
common-returned = أنا الروبوت من جديد. يمكن أن نكمل.
common-old-button = هذا الزر قديم. هذا هو السؤال الحالي.
common-still-stopped = طلبت التوقف: لا أرسل شيئا. للعودة، تكفي كلمة REPRISE.
common-personal-link = هذا رابط شخصي للعودة إلى هنا: { $link }
common-insulte = التعب يحدث أحيانا. أنا هنا.
common-merci = على الرحب والسعة!
common-salutation = مرحبا!
common-au-revoir = إلى اللقاء!
common-failed = عذرا، لم أستطع قراءة رسالتك. سيراها شخص من الفريق.
common-repair-person = عذرا، لم أستطع الفهم. سيقرأ شخص من الفريق كلماتك.
