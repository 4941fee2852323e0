-- Every table that is there by now reaches the audit log when it is changed by hand.

call private.audit_every_table();
