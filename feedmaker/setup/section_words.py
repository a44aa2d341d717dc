"""The words of menus, as data: what sections are usually called, and what leads to none.

Words are compared in the form of `arabic.fold`, and separated by `|`. They were collected from the
menus of the news sites that the project reads, in their languages.
"""

from __future__ import annotations

from typing import Final

# What menus call the site's editions in other languages, and its feeds.
EDITIONS: Final = """
    English | Français | Español | Deutsch | Русский | Türkçe | 中文 | 日本語 | فارسی | اردو
    | العربية | عربي | עברית | Kurdî | کوردی | پښتو | Indonesian | Japanese | Hebrew | Arabic
    | Urdu | Persian | en | fr | ar | RSS | RSS Feed
    """
# What ends the names of blocks with stories for readers of another language: "News in English".
EDITION_ENDINGS: Final = """
    in english | in arabic | in spanish | in french | en français | en español | en anglais
    | en inglés | auf deutsch | auf englisch | auf arabisch | in italiano | em português
    | на русском | по-русски | בעברית | באנגלית | ברוסית | בערבית | بالعربية | بالعربي
    | بالإنجليزية | بالانجليزي | بالفرنسية | بالأمازيغية | به انگلیسی | به عربی | به فارسی
    | bahasa inggris | po angielsku
    """
# Words in what menus call pages that list no stories, whatever stands beside them.
SERVICE_WORDS: Final = """
    abonnement | abonnez | anuncie | apps | archive | archives | assine | awards | benefits
    | classifieds | clasificados | coupon | coupons | crossword | crosswords | epaper | forum
    | forums | guidelines | horoscope | horoscopes | horoscopo | iptv | livescore | login
    | masthead | merch | meteo | newsletter | newsletters | obituaries | pdf | podcast | podcasts
    | premium | quiz | quizzes | shopping | subscribe | subscriber | subscription | subscriptions
    | suscripcion | suscribete | webinar | webinars | webshop | whitepapers | اشترك | الاشتراك
    | للإعلان | الورقية | الورقي | بودكاست | تطبيقات | وظائف | آگهی | پادکست | پیوندها | פודקאסט
    | פודקאסטים | подкасты | подписка | реклама | 訂閱
    """
# What they are called as a whole.
SERVICE_LABELS: Final = """
    app | mobile | mobile app | open app | e-paper | print edition | today's paper
    | magazine issues | events | tickets | games | jobs | careers | shop | store | live | live tv
    | live scores | tv | radio | video | videos | photos | pictures | gallery | galleries
    | multimedia | media | weather | polls | results | fixtures | players | teams & players
    | calendar | white papers | contributors | authors | our authors | columnists | community
    | write for us | donate | tip us | services | resources | members | donations | staff
    | edición impresa | fotos | juegos | tienda | el tiempo | clima | clasificados | hemeroteca
    | edição impressa | jogos | loja | meteorologia | farmácias | classificados
    | previsão do tempo | replay | boutique | jeux | emploi | annonces | petites annonces
    | télécharger | applications | météo | wetter | abo | spiele | mediathek | stellenmarkt
    | anzeigen | giochi | annunci | oroscopo | abbonati | adverteren | weer | vacatures
    | canlı yayın | galeri | foto galeri | video galeri | hava durumu | burçlar | namaz vakitleri
    | seri ilanlar | e-gazete | künye | bulmaca | astroloji | прогноз погоды | погода | опрос
    | опросы | игры | видео | фото | карикатура | архив | форум | البث المباشر | بث مباشر | مباشر
    | الطقس | طقس | مواقيت الصلاة | الأبراج | أبراج | حظك اليوم | كاريكاتير | كاريكاتور | استطلاع
    | استطلاعات | راديو | تلفزيون | فيديو | صور | ألبوم الصور | خدمات | متجر | العدد الورقي
    | أسعار العملات | مباريات | جدول المباريات | النشرة البريدية | إعلانات | أعلن معنا | أرشيف
    | الأرشيف | فیلم | صوت | عکس | صوت و فیلم | عکس و فیلم | ویدئو | چندرسانه ای | هواشناسی
    | گالری | اوقات شرعی | ویڈیوز | تصاویر | لائیو | لائیو ٹی وی | ای پیپر | موسم | מזג אוויר
    | מזג האוויר | וידאו | תמונות | שידור חי | 影音 | 雜誌 | 活動 | 視頻 | 视频 | 图片 | 動画
    | 写真 | 동영상 | 포토 | lịch thi đấu | foto | indeks | jadwal | فیلم و صوت | وسائط متعددة
    | تليفزيون | الفيديو | الصور | مكتبة الصور | مكتبة الفيديو | معرض الصور | archiv | termine
    | karriere | veranstaltungen | kleinanzeigen | shops | newsroom | programs | programas | en vivo
    | en direct | diretta | canlı | прямой эфир | رسم اليوم | اتصل | من نحن؟ | درباره ما
    """
# A name for files -> what sections of that kind are called.
SECTIONS: Final[dict[str, str]] = {
    "sport": """
        رياضة | الرياضة | أخبار الرياضة | رياضي | رياضية | الرياضي | ورزش | ورزشی | اخبار ورزشی
        | کھیل | کھیلوں | ספורט | sports | sport | deportes | desporto | esportes | esporte | spor
        | спорт | sports news | olahraga | thể thao | 体育 | 體育 | 運動 | スポーツ | 스포츠
        | sportul | idrott | urheilu | αθλητικά
        """,
    "economy": """
        اقتصاد | الاقتصاد | اقتصادية | اقتصادي | مال وأعمال | مال | أعمال | مال واقتصاد
        | اقتصاد وأعمال | المال | معیشت | کاروبار | تجارت | כלכלה | כסף | economy | business
        | the economy | markets | finance | economía | économie | eco | wirtschaft | ekonomi
        | экономика | бизнес | gospodarka | kinh tế | kinh doanh | 財經 | 财经 | 经济 | 經濟
        | 経済 | 경제 | gospodarstvo | ekonomia | bisnis | dinero | negocios
        """,
    "politics": """
        سياسة | السياسة | سياسية | سياسي | أخبار سياسية | سیاست | پولیٹکس | פוליטיקה | politics
        | policy | política | politique | politik | siyaset | politiek | политика | polityka
        | 政治 | 정치 | chính trị
        """,
    "culture": """
        ثقافة | الثقافة | ثقافية | ثقافة وفن | ثقافة وفنون | ثقافة ومجتمع | فكر وثقافة | فرهنگ
        | فرهنگی | فرهنگ و هنر | ثقافت | תרבות | culture | cultura | kultur | kültür sanat
        | cultuur | культура | kultura | văn hóa | 文化 | 문화 | culture & methods
        | cultura y espectáculos | arts & culture | budaya
        """,
    "health": """
        صحة | الصحة | صحية | طب وصحة | صحة وطب | صحتك | سلامت | بهداشت | صحت | בריאות | health
        | salud | saúde | salute | santé | gesundheit | sağlık | gezondheid | здоровье | zdrowie
        | zdravje | sức khỏe | 健康 | 건강 | kesehatan
        """,
    "technology": """
        تكنولوجيا | التكنولوجيا | تقنية | التقنية | تقنيات | علوم وتكنولوجيا | علوم وتقنية
        | فناوری | علم و فناوری | ٹیکنالوجی | טכנולוגיה | technology | tech | sci-tech
        | science & tech | technologie | tecnología | teknoloji | technik | digital | технологии
        | công nghệ | 科技 | テクノロジー | 기술
        """,
    "science": """
        علوم | العلوم | دانش | علمی | علم | سائنس | מדע | science | ciencia | scienza | wissen
        | bilim | wetenschap | наука | nauka | 科学 | 科學 | 과학 | khoa học | sciences
        """,
    "world": """
        عالم | العالم | دولي | دولية | الدولي | عربي ودولي | أخبار دولية | عالمية | أخبار العالم
        | حول العالم | جهان | بین الملل | بین‌الملل | خارجی | دنیا | بین الاقوامی | עולם | בעולם
        | world | world news | international | mundo | el mundo | internacional | monde | welt
        | ausland | dünya | mondo | esteri | buitenland | в мире | мир | świat | svet | thế giới
        | 國際 | 国际 | 国際 | 국제 | dunia | internasional
        """,
    "local": """
        محلي | محلية | محليات | أخبار محلية | المحليات | داخلی | مقامی | חדשות מקומיות | local
        | local news | locale | lokales | regional | region | yerel | locales | cronaca | местные
        | city | metro
        """,
    "arab": """
        عربي | عربية | أخبار عربية | الوطن العربي | عرب | العالم العربي | الشرق الأوسط
        | middle east
        """,
    "nation": """
        وطنية | وطني | وطنيات | أخبار وطنية | قومی | پاکستان | national | nation | nacional
        | el país | inland | gündem | binnenland | kraj | brasil | india | us | u.s. | uk
        | nasional | thời sự | общество
        """,
    "society": """
        مجتمع | المجتمع | المجتمع المدني | اجتماعی | جامعه | معاشرہ | חברה | society | sociedad
        | sociedade | société | gesellschaft | toplum | società | społeczeństwo | 社會 | 社会
        | 사회 | xã hội
        """,
    "opinion": """
        رأي | الرأي | آراء | مقالات | مقالات الرأي | كتاب وآراء | أقلام | اراء وأقلام | یادداشت
        | کالم | دیدگاه | דעות | opinion | opinions | op-ed | commentary | comment | opinião
        | meinung | opinioni | idées | yazarlar | opinie | мнения | мнение | 評論 | 评论
        | オピニオン | 오피니언 | opini | opinion & analysis | ideas
        """,
    "latest": """
        آخر الأخبار | أحدث الأخبار | أهم الأخبار | أخبار | الأخبار | الأخبار الرئيسية
        | آخرین اخبار | تازہ ترین | חדשות | latest | latest news | news | top stories | noticias
        | actualités | actu | nachrichten | haberler | son dakika | notizie | nieuws | новости
        | wiadomości | 最新 | 新闻 | 新聞 | ニュース | 뉴스 | tin tức | berita | danes
        """,
    "most-read": """
        الأكثر قراءة | الأخبار الأكثر قراءة | پربازدیدترین | پربیننده ترین | הנקראות ביותר
        | most read
        """,
    "art": """
        فن | الفن | فنون | فن ومشاهير | مشاهير | فن وثقافة | نجوم | هنر | هنری | شوبز | אמנות
        | בידור | art | arts | entertainment | espectáculos | entretenimiento | spectacles
        | unterhaltung | magazin | spettacoli | famosos | celebrity | celebrities | movies | film
        | music | giải trí | 娛樂 | 娱乐 | エンタメ | 연예 | hiburan
        """,
    "incidents": """
        حوادث | الحوادث | قضايا | حوادث وقضايا | جرائم | حوادث ومحاكم | crime | sucesos | policial
        | policía | faits divers | происшествия | asayiş | pháp luật | justiça | justice | hukum
        """,
    "cars": """
        سيارات | خودرو | רכב | cars | autos | auto | motor | otomobil | авто | automotive | xe
        | otomotif
        """,
    "women": """
        المرأة | امرأة | مرأة | زنان | خواتین | women | mujer | mujeres | kadın | femmes
        """,
    "religion": """
        دين | إسلاميات | دین و اندیشه | مذہب | יהדות | religion | religião | din | дін | judaism
        """,
    "education": """
        تعليم | التعليم | تربية وتعليم | جامعات | آموزش | חינוך | education | educación | educação
        | bildung | eğitim | onderwijs | образование | 教育 | 교육 | giáo dục | pendidikan
        | universidad
        """,
    "travel": """
        سفر | سياحة | السياحة | سياحة وسفر | گردشگری | سیاحت | תיירות | travel | viajes | voyage
        | reise | seyahat
        """,
    "food": """
        مطبخ | طعام | أكلات | غذا | آشپزی | אוכל | food | recipes | cocina | cuisine | gastro
        | essen | kuliner
        """,
    "environment": """
        بيئة | البيئة | محیط زیست | ماحولیات | סביבה | environment | climate | medio ambiente
        | meio ambiente | environnement | umwelt | çevre | ambiente | 環境 | 环境 | 환경
        | môi trường
        """,
    "investigations": """
        تحقيقات | تقارير | تحليلات | ملفات | investigations | analysis | in-depth | features
        | reports
        """,
    "life": """
        لايف ستايل | نمط حياة | حياتنا | منوعات | المنوعات | lifestyle | life | life & style
        | life and style | style | estilo | vida | yaşam | سبک زندگی | زندگی | 生活 | 라이프
        | đời sống | gaya hidup | vie | leben | stijl
        """,
    "regions": """
        جهات | أقاليم | محافظات | المحافظات | استان ها | استانها | شهرستان ها | provinces | states
        | regions
        """,
}
