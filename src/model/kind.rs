//! Goals, policies, programs: the levels of a strategy.

use super::keyed::keyed;
use serde::{Deserialize, Serialize};

keyed! {
    /// What a node is.
    #[derive(Default, Serialize, Deserialize)]
    #[serde(rename_all = "lowercase")]
    pub enum Kind {
        #[default]
        /// 基本目標・章・基本計画: stands above policies; goals nest to any depth.
        Goal = "goal",
        /// 施策・主要施策・重点目標: what is evaluated.
        Policy = "policy",
        /// 事務事業・取組項目: what money and staff go to.
        Program = "program",
    }
}

impl Kind {
    /// The folder of the content and of the site: `policies`.
    pub const fn folder(self) -> &'static str {
        match self {
            Kind::Goal => "goals",
            Kind::Policy => "policies",
            Kind::Program => "programs",
        }
    }

    /// The kind with that key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}
