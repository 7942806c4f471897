//! What rooms keep in memory from one unit of work to the next. It is never the only place
//! where something stands: whoever keeps something here works it out anew from the database.

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// One thing of each type. It lives as long as the house, and every house has its own.
#[derive(Clone, Default)]
pub struct Memory {
    kept: Arc<Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>>,
}

impl Memory {
    pub(super) fn of<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let thing = kept.entry(TypeId::of::<T>()).or_insert_with(|| Arc::new(T::default()));
        Arc::clone(thing).downcast().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[test]
    fn a_house_keeps_one_of_each_kind_and_shares_nothing_with_another_house() {
        let (one, other) = (Memory::default(), Memory::default());
        one.of::<AtomicU32>().fetch_add(7, Ordering::Relaxed);
        assert_eq!(one.clone().of::<AtomicU32>().load(Ordering::Relaxed), 7);
        assert_eq!(other.of::<AtomicU32>().load(Ordering::Relaxed), 0);
        assert_eq!(*one.of::<u32>(), 0);
    }
}
