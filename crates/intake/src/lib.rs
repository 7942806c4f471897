//! Nominations, applications, the queue, places and the waiting list.
