import express from 'express';
import pg from 'pg';

/** What a read costs at the least: Express as it comes, one select by primary key, the row as JSON. */
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 10 });
const app = express();

app.get('/tenants/:id', async (request, response) => {
  const { rows } = await pool.query(
    'select id, name, name_key, status, timezone, language, created_at, updated_at from tenants where id = $1',
    [request.params.id],
  );
  response.json(rows[0]);
});

app.listen(Number(process.env['PORT']), '127.0.0.1');
