//! Kinds of nodes: goals, policies and programs.

use super::keyword_enum::keyword_enum;
use serde::{Deserialize, Serialize};

keyword_enum! {
    /// Kind of a node: its level in the strategy.
    #[derive(Default, Serialize, Deserialize)]
    #[serde(rename_all = "lowercase")]
    pub enum Kind {
        #[default]
        /// 基本目標・章・基本計画: parent of policies; goals nest to any depth.
        Goal = "goal",
        /// 施策・主要施策・重点目標: subject of the evaluation.
        Policy = "policy",
        /// 事務事業・取組項目: recipient of money and staff.
        Program = "program",
    }
}

impl Kind {
    /// Folder in the content and in the site: `policies`.
    pub const fn folder(self) -> &'static str {
        match self {
            Kind::Goal => "goals",
            Kind::Policy => "policies",
            Kind::Program => "programs",
        }
    }

    /// Kind with the key `key`; `None` if there is none.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}
