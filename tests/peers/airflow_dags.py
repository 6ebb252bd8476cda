"""A DAG for each of Airflow's operators of AppFlow: a run, and a task after it that is skipped if the run had no records."""

import datetime

from airflow.providers.amazon.aws.operators.appflow import (
    AppflowBaseOperator,
    AppflowRecordsShortCircuitOperator,
    AppflowRunAfterOperator,
    AppflowRunBeforeOperator,
    AppflowRunDailyOperator,
    AppflowRunFullOperator,
    AppflowRunOperator,
)
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG

# AppFlow takes seconds to apply an update, appflow-local none.
AppflowBaseOperator.UPDATE_PROPAGATION_TIME = 0


def dag(name, operator, flow, **settings):
    with DAG(name, schedule=None, start_date=datetime.datetime(2026, 1, 1)) as made:
        run = operator(task_id="run", flow_name=flow, poll_interval=1, **settings)
        is_any = AppflowRecordsShortCircuitOperator(task_id="is_any", flow_name=flow, appflow_run_task_id="run")
        run >> is_any >> EmptyOperator(task_id="after")
    return made


FIFTH = {"source": "salesforce", "source_field": "LastModifiedDate", "filter_date": "2026-01-05T00:00:00+00:00"}
as_is = dag("as_is", AppflowRunOperator, "copy")
full = dag("full", AppflowRunFullOperator, "accounts", source="salesforce")
before = dag("before", AppflowRunBeforeOperator, "accounts", **FIFTH)
after = dag("after", AppflowRunAfterOperator, "accounts", **FIFTH)
daily = dag("daily", AppflowRunDailyOperator, "accounts", **FIFTH)
no_day = dag("no_day", AppflowRunDailyOperator, "accounts", **FIFTH | {"filter_date": "2027-01-01T00:00:00+00:00"})
full_again = dag("full_again", AppflowRunFullOperator, "accounts", source="salesforce")
