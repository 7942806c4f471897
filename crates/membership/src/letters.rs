//! The letters of this room.

letters::letter! { ACCOUNT_INVITATION => "account_invitation", audience "whoever registers or is invited", trigger "an account without a password is made or asks for a link", class Account }
letters::letter! { ACCOUNT_CLOSED => "account_closed", audience "whose account the chair closed", trigger "the chair or the deputy closes an account", class Account }
letters::letter! { ADDRESS_ASKED => "address_asked", audience "whoever asked for another address, at the one they have", trigger "somebody signed in asks for another address", class Account }
letters::letter! { ADDRESS_NEW => "address_new", audience "the new address", trigger "somebody signed in asks for another address", class Account }
letters::letter! { ADDRESS_TAKEN => "address_taken", audience "whoever has an account with the address that somebody else asked for", trigger "somebody signed in asks for an address that has an account", class Account }
letters::letter! { AUDIT_HEAD => "audit_head", audience "the chair and the deputy", trigger "once a day, when the audit has grown", class Essential }
letters::letter! { CHAIR_HANDED_OVER => "chair_handed_over", audience "the chair who goes", trigger "the successor says yes", class Account }
letters::letter! { CHAIR_HAND_OVER => "chair_hand_over", audience "the chair", trigger "the deputy or the office asks somebody to take over from them", class Account }
letters::letter! { CHAIR_OFFERED => "chair_offered", audience "whoever is asked to take over the chair", trigger "the chair, the deputy or the office asks them", class Account }
letters::letter! { COMMITTEE_INVITATION => "committee_invitation", audience "whoever is appointed to the committee, the office or the board's readers", trigger "the chair appoints them", class Account }
letters::letter! { FACTOR_TAKEN_AWAY => "factor_taken_away", audience "whose second factor was taken away", trigger "the chair or the deputy takes away a second factor that is lost", class Account }
letters::letter! { PASSWORD_RECOVERY => "password_recovery", audience "whoever asks for a new password", trigger "somebody asks for a new password for the address", class Account }
letters::letter! { PROMISE_REMINDER => "promise_reminder", audience "whoever promised to join the association", trigger "30 and 7 days before the promise is due, while the roster does not have them", class Essential }
letters::letter! { SIGN_INS_ENDED => "sign_ins_ended", audience "whose sign-ins were ended by somebody else", trigger "the chair, the deputy or the office ends all sign-ins of somebody", class Account }
