"""What people type, read and checked: request values → clean values and messages. No Flask, no queries."""
