//! What a sign-in must be, for what a person holds.

use super::*;

// V-14
#[test]
fn who_reads_about_many_needs_a_second_factor() {
    let needs = |role: &Role| person(&[*role]).needs_second_factor();
    let found: Vec<Role> = Role::ALL.into_iter().filter(needs).collect();
    assert_eq!(found, [Role::Chair, Role::Deputy, Role::Staff, Role::Board]);
    assert!(person(&[Role::Mentor, Role::Board]).needs_second_factor());
    assert!(!person(&[]).needs_second_factor());
}

#[test]
fn who_works_here_is_signed_in_for_a_day() {
    let for_a_day = |role: &Role| person(&[*role]).signs_in_for_a_day();
    let found: Vec<Role> = Role::ALL.into_iter().filter(for_a_day).collect();
    assert_eq!(found, [Role::Liaison, Role::Council, Role::Chair, Role::Deputy, Role::Staff, Role::Board]);
    assert!(!person(&[]).signs_in_for_a_day());
}

#[test]
fn before_the_second_factor_only_the_way_to_it_is_open() {
    let open: Vec<Action> = Action::ALL.iter().copied().filter(|it| it.opens_before_second_factor()).collect();
    assert_eq!(
        open,
        [
            Action::ReadAsset,
            Action::ReadHealth,
            Action::ChangeTheme,
            Action::SignIn,
            Action::Recover,
            Action::FollowLink,
            Action::SignOut,
            Action::SecureSignIn,
        ]
    );
}
