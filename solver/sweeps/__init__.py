"""Many experiments at once: scans of theory and sweeps of runs that can be stopped and go on."""
