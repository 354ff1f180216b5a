"""The programme in time: training sessions, days and activities (app label `training`)."""
