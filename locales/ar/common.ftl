common-language-fr = Français
common-language-en = English
common-language-ar = العربية

common-button-human = التحدث مع شخص
common-button-skip = تخطي
common-button-yes = نعم
common-button-no = لا
common-button-meet = موعد أو مكالمة

common-human = تم الطلب. { $adviser } يجيبك هنا { $answer_by }.
common-help =
    أجب بكلماتك أو اضغط على زر. يمكنك أيضا أن تكتب:
    رجوع، تخطي، لاحقا، من جديد، لغة، رمز
    بياناتي، امسح، توقف
    شخص: للتحدث مع إنسان
common-who = أنا روبوت. هنا { $agency }. { $adviser } يقرأ رسائلنا ويجيبك { $answer_by }.
common-later = لا مشكلة، خذ وقتك. اكتب متى شئت ونكمل من هنا.
common-no-back = نحن في البداية. يمكنك تغيير كل شيء في النهاية.
common-no-skip = لا يوجد شيء لتخطيه هنا.
common-restart = نبدأ من جديد. يمكنك تغيير كل شيء في النهاية.
common-code = رمزك: { $code }. اكتبه في { $link }. يعمل مرة واحدة خلال 15 دقيقة.
common-ask-language = أي لغة تفضل؟
common-ask-language-example = اضغط على لغة.
common-ask-language-simple = اضغط على لغة.
common-language-changed = حسنا، أتحدث معك بالعربية. بعض الجمل ما زالت بالفرنسية.

common-voice = أنا روبوت ولا أستطيع سماع رسالتك الصوتية. { $adviser } يسمعها ويجيبك { $answer_by }. في خطر: اتصل بالرقم 112 أو أرسل رسالة إلى 114.
common-file = وصل الملف. يستطيع { $adviser } فتحه.
common-edited = رأيت التصحيح. هو محفوظ مع رسالتك.
common-place = شكرا على المكان. سيراه شخص من الفريق.
common-contact = شكرا على جهة الاتصال. سيراها شخص من الفريق.
common-sticker = لطيف! أقرأ الكلمات أفضل.
common-unsupported = لا أستطيع قراءة هذا. اكتبه بالكلمات.

common-nudge = مرحبا! نكمل متى شئت. لا داعي للعجلة.
common-nudge-again = لن أزعجك بعد هذه الرسالة. مكانك محفوظ هنا.
common-welcome-back = أهلا بعودتك! نكمل من حيث توقفنا.
common-returned = أنا الروبوت من جديد. يمكننا أن نكمل.
common-old-button = هذا الزر قديم. هذا هو السؤال الحالي.
common-still-stopped = طلبت التوقف: لا أرسل شيئا. للعودة اكتب REPRISE.
common-personal-link = احتفظ بهذا الرابط للعودة إلى هنا: { $link }
common-insulte = من حقك أن تتضايق. أنا هنا.
common-merci = على الرحب والسعة!
common-salutation = مرحبا!
common-au-revoir = إلى اللقاء!
common-repair-person = عذرا، لم أستطع الفهم. سيقرأ شخص من الفريق كلماتك.
common-failed = عذرا، لم أستطع قراءة رسالتك. سيراها شخص من الفريق.
