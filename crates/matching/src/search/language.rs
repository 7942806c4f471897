//! The language in which a program's people write, for the stems and little words of a
//! search.

use rust_stemmers::{Algorithm, Stemmer};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Language {
    #[default]
    English,
    Danish,
    Dutch,
    Finnish,
    French,
    German,
    Italian,
    Norwegian,
    Portuguese,
    Spanish,
    Swedish,
}

impl Language {
    pub(crate) const ALL: [Self; 11] = [
        Self::English,
        Self::Danish,
        Self::Dutch,
        Self::Finnish,
        Self::French,
        Self::German,
        Self::Italian,
        Self::Norwegian,
        Self::Portuguese,
        Self::Spanish,
        Self::Swedish,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Danish => "Danish",
            Self::Dutch => "Dutch",
            Self::Finnish => "Finnish",
            Self::French => "French",
            Self::German => "German",
            Self::Italian => "Italian",
            Self::Norwegian => "Norwegian",
            Self::Portuguese => "Portuguese",
            Self::Spanish => "Spanish",
            Self::Swedish => "Swedish",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    pub(super) fn stemmer(self) -> Stemmer {
        Stemmer::create(match self {
            Self::English => Algorithm::English,
            Self::Danish => Algorithm::Danish,
            Self::Dutch => Algorithm::Dutch,
            Self::Finnish => Algorithm::Finnish,
            Self::French => Algorithm::French,
            Self::German => Algorithm::German,
            Self::Italian => Algorithm::Italian,
            Self::Norwegian => Algorithm::Norwegian,
            Self::Portuguese => Algorithm::Portuguese,
            Self::Spanish => Algorithm::Spanish,
            Self::Swedish => Algorithm::Swedish,
        })
    }

    /// Words too little to be searched for beside others, as they are folded.
    fn little(self) -> &'static str {
        match self {
            Self::English => {
                "a about an and any are as at by can for from has have how i in into is me my not of on or our some somebody someone that the their them this to us we what who whom with you your"
            }
            Self::Danish | Self::Norwegian => "af at av den der det du en er et for fra i jeg med og om pa som til vi",
            Self::Dutch => "aan de een en het ik in is met of om onze op te tot van voor wie wij",
            Self::Finnish => "ei en ja joka on se tai",
            Self::French => {
                "a au aux avec d dans de des du en et je l la le les mes mon nous ou par pour qui sur un une"
            }
            Self::German => {
                "am an auf aus bei das dem den der des die ein eine einen einer fur ich im in ist mit oder uber und vom von wer wir zu zum zur"
            }
            Self::Italian => "a al alla che con da del della di e ed gli i il in io la le lo o per un una",
            Self::Portuguese => "a ao as com da das de do dos e em eu na no o os ou para por que um uma",
            Self::Spanish => "a al con de del e el en es la las los mi o para por que un una y yo",
            Self::Swedish => "att av den det en ett for fran i jag med och om pa som till vi",
        }
    }

    pub(super) fn is_little(self, word: &str) -> bool {
        self.little().split(' ').any(|it| it == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // PRF4: stems are those of the program's language.
    #[test]
    fn each_language_has_stems_and_little_words_of_its_own() {
        for language in Language::ALL {
            assert_eq!(Language::from_name(language.name()), Some(language));
            assert!(language.is_little(language.little().split(' ').next().unwrap()));
            let little: Vec<&str> = language.little().split(' ').collect();
            assert!(little.is_sorted(), "{language:?}");
        }
        assert_eq!(Language::English.stemmer().stem("managing"), Language::English.stemmer().stem("manages"));
        assert_eq!(Language::German.stemmer().stem("bibliotheken"), Language::German.stemmer().stem("bibliothek"));
        assert!(Language::German.is_little("und") && !Language::English.is_little("und"));
        assert_eq!(Language::from_name("Klingon"), None);
    }
}
