//! The letters of this room.

letters::letter! { ACCOUNT_INVITATION => "account_invitation", audience "whoever registers or is invited", trigger "an account without a password is made or asks for a link", class Account }
letters::letter! { AUDIT_HEAD => "audit_head", audience "the chair and the deputy", trigger "once a day, when the audit has grown", class Essential }
letters::letter! { COMMITTEE_INVITATION => "committee_invitation", audience "whoever is appointed to the committee, the office or the board's readers", trigger "the chair appoints them", class Account }
letters::letter! { PASSWORD_RECOVERY => "password_recovery", audience "whoever asks for a new password", trigger "somebody asks for a new password for the address", class Account }
letters::letter! { PROMISE_REMINDER => "promise_reminder", audience "whoever promised to join the association", trigger "30 and 7 days before the promise is due, while the roster does not have them", class Essential }
