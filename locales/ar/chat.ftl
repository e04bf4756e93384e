# Awaits review by a native speaker.

### The web chat's page in Arabic.

chat-title = { $agency } : الحديث معنا
chat-jump = الانتقال إلى مكان الكتابة
chat-under = يجيبك روبوت. ويقرأ أشخاص حقيقيون.
chat-floor = الحديث الآن مع { $name } من الفريق.
chat-promise = مجاني. بدون حساب. التوقف ممكن في أي وقت.
chat-log = المحادثة
chat-answers = إجابات ممكنة
chat-write = جوابك هنا
chat-send = إرسال
chat-back = رجوع
chat-skip = تخطي
chat-refresh = عرض الرسائل الجديدة
chat-older = عرض البداية
chat-me = أنت
chat-bot = روبوت
chat-human = { $name } من الفريق
chat-state-sending = جارٍ الإرسال…
chat-state-sent = أُرسلت
chat-state-lost = لا توجد شبكة. نحاول من جديد تلقائيا.
chat-state-refused = لم تُرسل.
chat-again = محاولة أخرى
chat-cut = رسالتك طويلة جدا. احتفظنا ببدايتها.
chat-slow = وصلت رسالتك. الجواب قريب.
chat-photo = ملف مُرسل
chat-to-chat = الذهاب إلى المحادثة

## Menu

chat-menu = القائمة
chat-menu-human = التحدث مع شخص
chat-menu-help = مساعدة
chat-menu-later = لاحقا
chat-menu-restart = البدء من جديد
chat-menu-back = رجوع
chat-menu-skip = تخطي
chat-menu-data = بياناتي
chat-menu-code = تغيير الجهاز
chat-menu-stop = لا رسائل بعد الآن
chat-menu-erase = مسح بياناتي
chat-menu-language = اللغة
chat-forget = نسيان هذا الجهاز
chat-forget-why = هل يستعمل شخص آخر هذا الهاتف؟ رابطك الشخصي يعيدك إلى هنا.
chat-exit = خروج
chat-person = شخص حقيقي
chat-link-notice = للقراءة هنا
chat-link-data = فتح بياناتي

## Emergency numbers

chat-sos = طوارئ
chat-sos-intro = هل هناك خطر؟ الاتصال حالا. المكالمة مجانية.
chat-sos-112 = كل حالات الطوارئ
chat-sos-114 = برسالة SMS، إذا كان الكلام غير ممكن
chat-sos-15 = الإسعاف (Samu): مشكلة صحية خطيرة
chat-sos-17 = الشرطة والدرك (police, gendarmerie)
chat-sos-3114 = أفكار انتحار، لك أو لشخص قريب
chat-sos-115 = لا مكان للنوم هذه الليلة
chat-sos-119 = طفل أو شاب في خطر
chat-sos-3919 = امرأة تتعرض للعنف

## Coming back

chat-code = عندي رمز
chat-code-how = على جهازك الآخر: كتابة كلمة «رمز». ثم كتابة الرمز هنا.
chat-code-label = رمزك من 8 أحرف
chat-code-go = العودة إلى محادثتي
chat-code-wrong = هذا الرمز لا يعمل. مدته 15 دقيقة ويُستعمل مرة واحدة.
chat-code-throttled = محاولات كثيرة. يجب الانتظار 15 دقيقة، ثم طلب رمز جديد.
chat-back-title = هل هذا أنت؟
chat-back-why = هذا الرابط يفتح محادثة شخصية. المتابعة فقط إذا كانت محادثتك.
chat-back-go = العودة إلى محادثتي
chat-back-dead-title = هذا الرابط لم يعد يعمل
chat-back-dead = انتهت مدته، أو مُسحت بياناتك. يمكن البدء من جديد هنا.

## My data

chat-data = بياناتي
chat-data-gate = تعرض هذه الصفحة ما قلته لنا. الأفضل ألا يرى شاشتك شخص آخر.
chat-data-open = عرض بياناتي
chat-data-json = عرض بصيغة JSON
chat-data-intro = هذا كل ما نحفظه عنك، ولماذا.
chat-data-you = أنت
chat-data-you-why = للحديث معك والاتصال بك.
chat-data-first-name = الاسم
chat-data-age = العمر
chat-data-phone = الهاتف
chat-data-town = المدينة
chat-data-language = اللغة
chat-data-since = منذ
chat-data-wishes = رغباتك
chat-data-wishes-why = للبحث معك عما يعجبك.
chat-data-barriers = ما يصعّب حياتك
chat-data-barriers-why = لإيجاد حلول معك.
chat-data-barrier-mobilite = التنقل
chat-data-barrier-logement = السكن
chat-data-barrier-garde-enfants = رعاية الأطفال
chat-data-barrier-sante = الصحة
chat-data-barrier-administratif = الأوراق
chat-data-barrier-numerique = الهاتف، الكمبيوتر، الإنترنت
chat-data-barrier-budget = المال
chat-data-barrier-langue = اللغة الفرنسية
chat-data-barrier-justice = القضاء
chat-data-barrier-confiance-en-soi = الثقة بالنفس
chat-data-barrier-handicap = الإعاقة
chat-data-barrier-addictions = الإدمان
chat-data-barrier-famille = العائلة
chat-data-barrier-violences = العنف
chat-data-barrier-other = شيء آخر
chat-data-barrier-general-no = جوابك: لا شيء خاص.
chat-data-barrier-general-quiet = جوابك: بدون كلام عن ذلك.
chat-data-barrier-general-person = جوابك: الكلام مع شخص.
chat-data-skills = خبرتك
chat-data-skills-why = لإظهار نقاط قوتك.
chat-data-availability = أوقاتك المناسبة
chat-data-availability-why = لاقتراح أوقات تناسبك.
chat-data-consents = ما وافقت عليه
chat-data-consents-why = تغيير الرأي ممكن في أي وقت.
chat-data-yes = نعم
chat-data-no = لا
chat-data-messages = رسائلك
chat-data-messages-why = لمتابعة المحادثة. عدد الرسائل المحفوظة: { $count }.
chat-data-readers = من قرأ بياناتك
chat-data-readers-why = كل قراءة حساسة تترك أثرا.
chat-data-readers-none = لم يفتح أحد بياناتك بعد.
chat-data-hidden = مخفي عن الفريق
chat-data-age-under-15 = أقل من 15 سنة
chat-data-age-15 = 15 سنة
chat-data-age-16-17 = 16 أو 17 سنة
chat-data-age-18-25 = من 18 إلى 25 سنة
chat-data-age-26-29 = من 26 إلى 29 سنة
chat-data-age-over-29 = 30 سنة أو أكثر
chat-data-morning = صباحا
chat-data-afternoon = بعد الظهر
chat-data-evening = مساء
chat-data-purpose-channel = الكتابة لك على تطبيق رسائلك
chat-data-purpose-prescriber = الحديث مع الشخص الذي أرسلك إلينا
chat-data-purpose-employer = الحديث مع صاحب عمل
chat-data-purpose-skills = بطاقة مهاراتك (compétences)
chat-data-deed-team = الفريق
chat-data-deed-card = قراءة بطاقتك
chat-data-deed-conversation = قراءة المحادثة
chat-data-deed-barrier = فتح جواب حساس
chat-data-deed-file = فتح ملف
chat-data-deed-message = رسالة إليك
chat-data-deed-other = عمل في ملفك
chat-data-nothing = لا شيء
chat-data-ground = السبب القانوني: مهمة للمصلحة العامة.
chat-data-keep = نمسح كل شيء بعد سنتين من آخر رسالة منك.

## Mistakes

chat-error-400-title = لم نفهم هذه الصفحة
chat-error-400 = العودة إلى المحادثة، ثم محاولة أخرى.
chat-error-404-title = هذه الصفحة غير موجودة
chat-error-404 = ربما الرابط ناقص. لكن المحادثة ما زالت هنا.
chat-error-413-title = هذا طويل جدا
chat-error-413 = الأفضل تقسيم الرسالة إلى أجزاء صغيرة.
chat-error-429-title = على مهل
chat-error-429 = وصلت رسائل كثيرة. يجب الانتظار دقيقة.
chat-error-500-title = عندنا مشكلة
chat-error-503-title = نعود بعد قليل
chat-error-503 = كل ما عليه «أُرسلت» محفوظ. المحاولة ممكنة بعد قليل.

## Notice

chat-notice = حقوقك وبياناتك
chat-notice-version = النسخة { $version } من هذه الصفحة.
chat-notice-who-title = من يتحدث معك؟
chat-notice-who = ترافقك { $agency }. وهي التي تحفظ بياناتك.
chat-notice-bot = يطرح روبوت الأسئلة. ويقرأ مستشارون ويجيبون. هم بشر حقيقيون.
chat-notice-why-title = لماذا هذه الأسئلة؟
chat-notice-why = لمساعدتك في إيجاد طريقك، أو عمل، أو تكوين.
chat-notice-ground = القانون يعطي هذه المهمة إلى Missions Locales. هي مهمة للمصلحة العامة. القاعدة هي المادة 6.1.e من قانون حماية البيانات (RGPD).
chat-notice-decide = الروبوت لا يقرر شيئا، ولا يعطيك علامة. القرار مع شخص، ومعك.
chat-notice-what-title = ماذا نحفظ؟
chat-notice-what-wish = رغباتك، بكلماتك.
chat-notice-what-barrier = ما يصعّب حياتك، إذا كان الكلام عنه يناسبك.
chat-notice-what-contact = أوقاتك المناسبة. واسمك وعمرك وهاتفك، إذا أعطيتها.
chat-notice-sensitive = الصحة والإعاقة والقضاء: مواضيع حساسة. نحفظها فقط بعد موافقتك.
chat-notice-free = يمكن تخطي كل سؤال. المساعدة تبقى نفسها.
chat-notice-readers-title = من يقرأ؟
chat-notice-readers = مستشارو هذه المؤسسة (Mission Locale).
chat-notice-others = لا يذهب شيء إلى جهة أخرى بدون موافقتك.
chat-notice-channel = تطبيق Telegram ملك لشركة خاصة. هنا، على هذا الموقع، الخصوصية أكبر.
chat-notice-danger-title = وعند الخطر؟
chat-notice-danger = إذا كان هناك خطر عليك، نخبر شخصا من الفريق.
chat-notice-minor = هل عمرك أقل من 18 سنة؟ قد يجب أن نخبر جهة لحماية الشباب.
chat-notice-time-title = كم من الوقت؟
chat-notice-time-card = بياناتك: سنتان بعد آخر رسالة منك.
chat-notice-time-sensitive = الكلمات الحساسة: 30 يوما بعد نهاية المحادثة.
chat-notice-time-link = رمز تغيير الجهاز: 15 دقيقة.
chat-notice-rights-title = حقوقك
chat-notice-rights = من حقك رؤية بياناتك وتصحيحها ونسخها. تكفي كتابة «بياناتي».
chat-notice-answer = يصلك الجواب خلال شهر على الأكثر. للأسئلة: مسؤول حماية البيانات (délégué à la protection des données).
chat-notice-erase = من حقك مسح كل شيء. تكفي كتابة «امسح».
chat-notice-object = من حقك الرفض في أي وقت. تكفي كتابة «توقف».
chat-notice-cnil = هل هناك خلاف معنا؟ تقديم شكوى ممكن إلى CNIL.
chat-notice-cookie-title = وملفات الارتباط (cookies)؟
chat-notice-cookie = ملف واحد فقط (cookie). يأتي عند الكتابة، ويتعرف عليك. لا إعلانات ولا قياس.

## Accessibility statement

chat-access = إمكانية الوصول: غير مطابق
chat-access-title = بيان إمكانية الوصول (accessibilité)
chat-access-engage = تلتزم { $agency } بجعل هذه الخدمة سهلة الوصول للجميع. هذا في المادة 47 من القانون رقم 2005-102 بتاريخ 11 فبراير 2005.
chat-access-state-title = حالة المطابقة
chat-access-state = هذه الخدمة غير مطابقة للمعيار RGAA 4.1. لم يتم أي تدقيق بعد. لذلك لا يمكن أن نعد بشيء.
chat-access-tests-title = نتائج الاختبارات
chat-access-tests = لا يوجد تدقيق للمطابقة. هذا ما نختبره في كل نسخة.
chat-access-test-axe = أداة axe-core لا تجد خللا خطيرا.
chat-access-test-keyboard = المحادثة ممكنة بلوحة المفاتيح وحدها.
chat-access-test-zoom = النص المكبّر إلى 200 % يبقى واضحا على 360 بكسل.
chat-access-test-script = المحادثة تعمل بدون JavaScript وبدون cookie.
chat-access-gaps-title = محتويات غير سهلة الوصول
chat-access-gap-audit = المعايير وعددها 106 لم يفحصها شخص مختص.
chat-access-gap-reader = قارئات الشاشة لم يجرّبها مستعملوها بعد.
chat-access-gap-language = تبقى نصوص بالفرنسية في اللغات الأخرى.
chat-access-gap-voice = الروبوت لا يسمع الرسائل الصوتية.
chat-access-made-title = إعداد هذا البيان
chat-access-made = تاريخه 22 نوفمبر 2026. التقنيات: HTML5, CSS, JavaScript, SVG. الأدوات: axe-core و Chromium.
chat-access-help-title = الملاحظات والاتصال
chat-access-help = هل هناك شيء صعب؟ يكفي قوله في المحادثة، أو الاتصال.
chat-access-appeal-title = طرق الشكوى
chat-access-appeal = هل بقيت بدون جواب؟ يمكن أن يساعدك Défenseur des droits، مجانا.
chat-access-appeal-form = الكتابة إلى Défenseur des droits
chat-access-appeal-near = لقاء مندوب قرب سكنك
chat-access-appeal-post = بالبريد، بدون طابع: Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07
